// What JSX is made with, for every file of the panel.
export { Fragment, h } from 'preact';
