/** How long a password is at least; the service refuses a shorter one. */

export const PASSWORD_LENGTH = 12;
