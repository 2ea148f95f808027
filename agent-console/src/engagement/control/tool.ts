/** What the agent's pointer does over the visitor's page. */

export const tools = ['point', 'draw', 'control'] as const;
export type Tool = (typeof tools)[number];
