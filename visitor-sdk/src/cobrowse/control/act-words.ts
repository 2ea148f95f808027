/** Words on buttons that say what pressing them does, in the languages of the panel and its neighbours. */

/** Letters of every alphabet count as parts of a word, which `\b` does not know. */
function startsOfWords(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})`, 'iu');
}
const END = '(?![\\p{L}\\p{N}])';

/** Pays, or orders with the duty to pay: never an agent's business. */
export const paying = startsOfWords(
  [
    `(?:pay|buy|bid|donate|purchase|paypal)${END}`,
    '(?:apple|google|samsung|amazon|shop|g) ?pay',
    `(?:order|book|rent|subscribe|checkout|check out) (?:now|and pay|& pay)${END}`,
    '(?:place|complete|confirm|submit|finish|finali[sz]e|send|make|authori[sz]e|approve) (?:(?:my|your|the|this|an?|and) )*(?:order|bid|purchase|payment|pay|booking|transfer|donation)',
    'transfer (?:money|funds|now)|send money|top up|order with obligation',
    'zahlungspflichtig|kostenpflichtig',
    `(?:be)?zahlen${END}|(?:kaufen|bestellen|überweisen|spenden)${END}|jetzt buchen`,
    '(?:bestellung|kauf|zahlung|überweisung) (?:abschicken|absenden|aufgeben|abschließen|bestätigen|ausführen)',
    `(?:acheter|payer|régler|commander|comprar|pagar|paga|acquista|compra|betalen|kopen|afrekenen|zapłać|kupuję)${END}`,
    'passer (?:la |ma )?commande|faire un don|(?:realizar|finalizar) (?:el |o )?(?:pedido|compra|pago)',
    `(?:maksa|osta|tilaa|betala|köp|köpa|beställ|beställa|betal|køb|kjøp|bestil|bestill)${END}`,
  ].join('|'),
);

/** May lead to an order; asked about on buttons, while a link only leads there. */
export const ordering = startsOfWords(
  'order|checkout|check out|subscribe|transfer|book|reserve|payment|kasse|bestell|zahl|commande|pedido|tilaus|maksu',
);

export const deleting = startsOfWords(
  'delete|remove|erase|cancel (?:my|your|the|order|account|subscription)|close (?:my|your) account|unsubscribe|deactivate|lösch|entfern|kündig|stornier|supprimer|eliminar|borrar|poista|peruuta tilaus|ta bort|radera|avsluta',
);

export const signingOut = startsOfWords(
  'log ?out|log off|sign ?out|abmelden|ausloggen|se déconnecter|déconnexion|cerrar sesión|kirjaudu ulos|logga ut|log ud|logg ut|esci',
);
