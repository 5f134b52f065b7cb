/**
 * One word of a POSIX shell that stands for exactly this text.
 *
 * Between single quotes nothing has a meaning, a line feed included, save the single quote itself. The text must be free of
 * NUL, which no argument of a program can hold.
 */
export const shellQuote = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`
