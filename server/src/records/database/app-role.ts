/** The role that everything but migrations runs as: it owns nothing, cannot define anything, and sees one tenant. */

export const APP_ROLE = 'alongside_app';
