/**
 * What a senior agent may decide for the beginners of their site: requests that wait for nothing but a senior. Any other
 * reason is a supervisor's.
 */
export const seniorsDecide = JSON.stringify(['beginner-asks']);
