export { captureTo } from './capture-to.ts'
