/** Fewer vectors have no neighbourhoods worth a map of their own. Apart from the map, which is loaded when it is asked for. */
export const fewestForNeighbourMap = 5
