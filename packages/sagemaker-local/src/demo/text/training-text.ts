import { aboutItself } from './about-itself.ts'
import { howThingsWork } from './how-things-work.ts'
import { theGarden } from './the-garden.ts'
import { theKitchen } from './the-kitchen.ts'
import { theSea } from './the-sea.ts'
import { theTown } from './the-town.ts'
import { theWorkshop } from './the-workshop.ts'
import { theWorld } from './the-world.ts'

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
