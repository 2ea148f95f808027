/** Keeps the shown page from taking the agent's focus: what is typed into the chat must not end in a frame. */

type Realm = Window & typeof globalThis;

const guarded = new WeakSet<object>();

/**
 * Opening a dialog gives it the focus, from inside a frame of another origin as well. An inert one cannot take it:
 * so each is inert for the moment in which it opens.
 */
export function keepFocusOut(view: Realm): void {
  const { prototype } = view.HTMLDialogElement;
  if (guarded.has(prototype)) return;
  guarded.add(prototype);
  for (const name of ['show', 'showModal'] as const) {
    const open = prototype[name];
    prototype[name] = function openWithoutFocus(this: HTMLDialogElement) {
      const { inert } = this;
      this.inert = true;
      try {
        open.call(this);
      } finally {
        this.inert = inert;
      }
    };
  }
}
