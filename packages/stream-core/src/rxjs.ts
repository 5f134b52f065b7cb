/**
 * The classes of RxJS, each from a file of its own: in Node.js the index of RxJS loads more than 200 files, which takes
 * longer than all else that a program loads with this package. The files are among the `exports` of RxJS 7, and these are
 * the very classes that its index exports. What only one operator needs, that operator imports in the same way. See
 * docs/decisions/0010-fast-import.md.
 */
export { Observable } from 'rxjs/internal/Observable'
export { Subscriber } from 'rxjs/internal/Subscriber'
export { Subscription } from 'rxjs/internal/Subscription'
