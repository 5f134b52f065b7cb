/**
 * How relevant a document is to a query, by late interaction (ColBERT): the sum over the vectors of the query of the largest dot
 * product with a vector of the document. It is not divided by the number of vectors, so that scores of different queries do not
 * compare. For vectors of unit length it is at most the number of the query's vectors.
 *
 * Source: Khattab and Zaharia, "ColBERT", 2020, section 3.3.
 *
 * @param query - the token vectors of a query, one or more.
 * @param document - the token vectors of a document, one or more.
 * @throws {RangeError} if either has no vector, or vectors differ in width.
 *
 * @public
 */
export function maxSim(query: readonly Float32Array[], document: readonly Float32Array[]): number {
  const width = query[0]?.length
  if (width === undefined || document.length === 0)
    throw new RangeError('maxSim needs at least one vector on either side')
  for (const vector of [...query, ...document]) {
    if (vector.length !== width) throw new RangeError(`vectors differ in width: ${width} and ${vector.length}`)
  }
  let sum = 0
  for (const vector of query) {
    let largest = Number.NEGATIVE_INFINITY
    for (const other of document) {
      let dot = 0
      for (let index = 0; index < width; index++) dot += (vector[index] as number) * (other[index] as number)
      largest = Math.max(largest, dot)
    }
    sum += largest
  }
  return sum
}
