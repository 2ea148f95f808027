/** Buttons: one look for each weight of an act, and a busy state that keeps their width and their focus. */

import type { ButtonHTMLAttributes, ReactNode } from 'react';
import type { IconName } from './icon.js';
import { Icon } from './icon.js';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly tone?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly size?: 'normal' | 'small';
  readonly icon?: IconName;
  /** The act is under way; the button stays where it is and takes no second press. */
  readonly busy?: boolean;
  readonly children?: ReactNode;
}

export function Button({ tone = 'plain', size = 'normal', icon, busy, children, ...rest }: ButtonProps) {
  const { className, disabled, onClick, ...attributes } = rest;
  const classes = ['button', `button-${tone}`, size === 'small' ? 'button-small' : '', className ?? ''];
  return (
    <button
      type="button"
      {...attributes}
      className={classes.filter((each) => each !== '').join(' ')}
      aria-disabled={busy === true || disabled === true || undefined}
      disabled={disabled === true && busy !== true}
      aria-busy={busy === true || undefined}
      onClick={(event) => {
        if (busy === true) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon === undefined ? undefined : <Icon name={icon} size={size === 'small' ? 16 : 18} />}
      {children === undefined ? undefined : <span>{children}</span>}
    </button>
  );
}

/** A button that is an icon alone; its label is its accessible name and its tooltip. */
export function IconButton({
  label,
  icon,
  ...rest
}: Omit<ButtonProps, 'children'> & { readonly label: string; readonly icon: IconName }) {
  const classes = `button-icon ${rest.className ?? ''}`.trim();
  return (
    <Button
      {...rest}
      tone={rest.tone ?? 'quiet'}
      icon={icon}
      className={classes}
      aria-label={label}
      title={label}
    />
  );
}
