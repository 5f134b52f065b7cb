export interface ScrolledList {
  readonly count: number
  /** In pixels, as the others. */
  readonly rowHeight: number
  readonly scrollTop: number
  readonly height: number
}

/** Rows beyond the edges, so that scrolling does not show a gap before they are drawn. */
const margin = 8

/** The rows that can be seen: `first` to before `end`. */
export function visibleRange({ count, rowHeight, scrollTop, height }: ScrolledList): { first: number; end: number } {
  const last = Math.ceil((scrollTop + height) / rowHeight) + margin
  // A list that has become shorter is still scrolled to where it was.
  const end = Math.max(0, Math.min(count, last))
  return { first: Math.max(0, Math.min(Math.floor(scrollTop / rowHeight) - margin, end)), end }
}
