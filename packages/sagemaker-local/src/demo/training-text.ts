import { aboutItself } from './text/about-itself.ts'
import { howThingsWork } from './text/how-things-work.ts'
import { theGarden } from './text/the-garden.ts'
import { theKitchen } from './text/the-kitchen.ts'
import { theSea } from './text/the-sea.ts'
import { theTown } from './text/the-town.ts'
import { theWorkshop } from './text/the-workshop.ts'
import { theWorld } from './text/the-world.ts'

/** Everything the demo language model has read, one paragraph per item. It was written for this package. */
export const trainingText: readonly string[] = [
  aboutItself,
  theSea,
  theWorkshop,
  theTown,
  theKitchen,
  theGarden,
  theWorld,
  howThingsWork,
].flatMap((chapter) => chapter.trim().split('\n\n'))
