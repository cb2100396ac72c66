/** Hands bytes to the browser as a file; nothing of it stays in the page. */
export const saveFile = (bytes: Blob, name: string): void => {
  const url = URL.createObjectURL(bytes);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
};

/** Long enough for the disk to have it. */
const keptMs = 60_000;
