/**
 * What only the operators need of RxJS, apart from the classes of `observable.ts` so that a program with streams and no operators
 * does not load it.
 */
export { innerFrom } from 'rxjs/internal/observable/innerFrom'
export { asyncScheduler } from 'rxjs/internal/scheduler/async'
