/**
 * The classes of RxJS that every stream needs, each from its own file: in Node.js the index of RxJS loads more than 200 files,
 * which takes longer than everything else that a program loads with this package. These files are among the `exports` of RxJS 7,
 * and the classes are the ones that its index exports. This folder is the only place that imports them. See
 * docs/decisions/0010-fast-import.md.
 */
export { Observable } from 'rxjs/internal/Observable'
export { Subscriber } from 'rxjs/internal/Subscriber'
export { Subscription } from 'rxjs/internal/Subscription'
