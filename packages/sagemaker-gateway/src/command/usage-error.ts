/** Something that the user of the command has to change; its message is all they need to see. */
export class UsageError extends Error {}
