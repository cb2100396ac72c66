/** Between two questions of one who waits: whoever is asked needs the processor for its work. */
export const rest = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
