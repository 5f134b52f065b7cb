export const theKitchen = `
Bread is made from flour, water, salt and time. The yeast eats the sugar in the flour and breathes out a gas, and the gas makes the dough rise. If you give the dough a short time, the bread tastes of yeast. If you give it a long time in a cool place, the bread tastes of grain and nuts.

To make bread, mix five hundred grams of flour with three hundred and fifty grams of water, ten grams of salt and a little yeast. Fold the dough over itself every half hour until it is smooth. Leave it in the cold overnight. In the morning shape it, let it rise once more, and bake it in a very hot oven until it sounds hollow when you knock on the bottom.

A soup begins with onions. Cut them small, and cook them slowly in butter until they are soft and golden. Everything else can change from day to day, the beans, the carrots, the herbs and the broth, but the onions and the patience have to be there from the beginning.

Coffee is the seed of a red cherry. The seeds are washed and dried in the country where they grow, and roasted in the country where they are drunk. The longer the roast, the darker the bean and the more bitter the cup. Grind the beans just before you use them, pour water over them that has almost boiled, and wait four minutes.

Tea comes from one plant. The leaves for green tea are heated as soon as they are picked, so that they stay green. The leaves for black tea are rolled and left in the air until they turn brown. The difference between the two is only a few hours, as it is with many things.

Cheese is milk that has learned to wait. The milk is warmed, it sets into a soft curd, the curd is cut, salted and pressed, and then it lies on a shelf in the cellar. Somebody turns it every day. After a month it has a skin, after a year it has a character, and after two years it is worth a long walk.

Salt makes sweet things sweeter and bitter things less bitter. The cook adds a little at the beginning, a little in the middle and tastes before she adds the last. It is easy to put salt into a pot, she says, and nobody has ever found a way to take it out.

An egg needs six minutes for a soft yolk and ten minutes for a hard one. Put it into boiling water with a spoon, and afterwards into cold water at once, so that it stops cooking when you want and not when it wants. A fresh egg sinks in a bowl of water, and an old egg floats.

Honey never spoils. Bees collect the nectar of flowers, carry it home, and fan it with their wings until most of the water is gone. A spoon of honey is the life's work of twelve bees. The colour tells you where they have been, because lime trees make it pale and the heath makes it dark.

The best apple cake in the town is made by the captain of the ferry. He peels seven apples, cuts them into thin slices, and lays them in circles on the dough like the scales of a fish. Then comes sugar, then cinnamon, then a little butter, and then forty minutes in which nobody may open the oven.

A sharp knife, a heavy board and a clean towel are the whole equipment of a good kitchen. Everything else is a pleasure, but not a need.
`
