export const theGarden = `
A garden begins under the ground. In a handful of good soil there are more living things than there are people on the earth. They eat the leaves that fall in autumn and turn them into food for the roots, and they ask for nothing but a little rain and to be left alone.

Plants make their food from light, air and water. The green colour in the leaves catches the light, and with its energy the plant builds sugar from the air. What is left over is oxygen, and we breathe it. Every breath you take was once the waste of a leaf.

A seed knows when it is spring. It waits in the cold until the ground is warm and wet, and then the root comes out first and the leaf comes out second. No matter how the seed lies in the ground, the root grows down and the leaf grows up.

Trees drink from below. A large oak lifts a hundred litres of water every day from its roots to its leaves, and it does so without a pump and without a sound. The sun draws the water out of the leaves, and the whole thin thread of water in the wood is pulled up after it.

The age of a tree is written in its wood. Every year it adds one ring, wide in a good year and narrow in a dry one. The pear tree behind the workshop has ninety rings, and it still gives more pears than the family can eat.

Bees dance to tell each other where the flowers are. The direction of the dance shows the direction of the flowers, and the length of the dance shows how far away they are. A bee that has found a field of clover dances for a long time, and soon the whole hive is on its way.

The gardener cuts the roses in late winter, when the buds begin to swell. He cuts above a bud that points outwards, so that the heart of the bush stays open to the light and the air. A rose that is not cut grows tall and thin, and in June it has its flowers where only the birds can see them.

Birds leave in autumn because there is less to eat, and not because they are cold. A swallow weighs as much as two sugar cubes, and it flies to the other end of the world and back. It finds the same roof, the same beam and the same nest, and it arrives in the same week in April.

Water the garden in the morning, and water it seldom and well. A little water every day keeps the roots at the surface, where the sun burns them. Much water once a week draws the roots down to where the ground stays cool.

The cat sleeps in the only place where something was sown. She wakes when the gardener comes, looks at him as if he were late, and moves to the place where something was planted. The dog of the neighbour would like to be a friend of hers, and she has been thinking about it for six years.

A hedge is a town for small animals. Wrens live on the upper floors, hedgehogs live in the cellar, and in the evening there is a great deal of noise about who lives where. In the morning the sparrows discuss everything once more from the beginning.
`
