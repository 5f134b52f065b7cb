/** How a command says to the shell how it ended. */
export const exitCodes = {
  success: 0,
  /** The call failed. */
  failure: 1,
  /** The command line, or a file that it names, is not what it should be. */
  usage: 2,
  /** Some rows have no vector; all others have. */
  someRowsFailed: 3,
  /** Ctrl-C, as shells count it: 128 and the number of the signal. */
  interrupted: 130,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]
