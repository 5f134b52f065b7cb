/**
 * The environment of someone who has just installed the packages: an empty home, and nothing of what this process was set to,
 * no AWS settings above all.
 *
 * @param home - an empty folder
 */
export function strangerEnvironment(home: string): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: home, USERPROFILE: home, NO_COLOR: '1' }
}
