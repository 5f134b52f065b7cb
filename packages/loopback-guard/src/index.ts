export { isLoopbackAddress, requestProblem, type GuardedRequest, type GuardRules } from './request-problem.ts'
export { jsonForTerminal, terminalLine, terminalText } from './terminal-text.ts'
