/** Fewer vectors have no neighbourhoods worth mapping. Apart from the map, which is loaded when it is asked for. */
export const fewestForNeighbourMap = 5
