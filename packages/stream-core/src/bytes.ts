export { joinBytes } from './bytes/join-bytes.ts'
