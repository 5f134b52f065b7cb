export const theSea = `
The sea is never quite still. Even on a calm morning a long, low swell comes in from the west and lifts the boats in the harbour, one after another, as if it were counting them. The fishermen say that the sea is breathing, and on such a morning it is easy to believe them.

The tide rises and falls twice a day because the moon pulls at the water. When the sun and the moon pull in the same direction, the tide is higher than usual, and it is called a spring tide. When they pull at a right angle, the tide is lower, and it is called a neap tide. The harbour master keeps a table of the tides on the wall, and he corrects it with a pencil when the wind has its own opinion.

The water of the sea is salty because rivers carry a little salt from the land every day, and the sun takes the water back but leaves the salt behind. A bucket of sea water holds about a cup of salt. The people of the coast have always known how to win it. They let the water into shallow ponds, wait for the sun to do the work, and rake the white crust into heaps.

A wave looks as if the water were running towards the beach, but the water hardly travels at all. It moves in a circle, up and forward, down and back, and only the shape of the wave goes on. Near the beach the water becomes shallow, the foot of the wave is held back by the sand, and the top falls over. That is why waves break.

The lighthouse stands on the last of the rocks. Its lamp is no larger than a loaf of bread, but a ring of glass prisms around it gathers the light into a beam that can be seen for twenty miles. Every lighthouse has its own rhythm, so that a sailor who counts the seconds between two flashes knows which light he sees and where he is.

The old fisherman mends his nets in the afternoon, when the light is good. He says that a net is mostly holes, and that a good net has its holes in the right places. His hands know the knot so well that he can talk about the weather, look at the horizon and drink his tea while they work.

Under the surface there is a forest of kelp, and in the forest live crabs, small silver fish and an octopus that is cleverer than it needs to be. The octopus can change its colour to match the sand, it can open a jar from the inside, and it can pass through any hole that is larger than its beak. Nobody has ever seen it hurry.

A storm announces itself a day before it comes. First the swell grows longer, then the gulls fly inland, and then a thin veil of cloud covers the sun. By evening the wind has turned to the south and the boats are tied with double ropes. In the night the waves throw stones over the wall, and in the morning the beach has a new shape.

Whales pass the coast in spring. They swim from the warm water, where their calves are born, to the cold water, where there is more to eat. A whale breathes air, as we do, and it must come to the surface to breathe. From the cliff you can see the white cloud of its breath, and a moment later the dark back that rolls forward like a slow wheel.

The deepest part of the ocean is almost eleven kilometres below the surface. No sunlight reaches it, and the water is only a little warmer than ice. Even there animals live, and some of them carry lamps of their own. A fish with a lamp is not afraid of the dark, but it has reasons to be afraid of other fish with lamps.

A sailing boat can move against the wind, but not straight into it. It goes to the left for a while and then to the right for a while, and every turn brings it a little closer to the place where the wind comes from. The sail works like a wing, and the keel keeps the boat from sliding sideways.

Fog comes when warm, damp air moves over cold water. It takes the colour away first, then the far side of the bay, and then the near side. When the fog is thick, the horn at the harbour wall sounds once a minute, and the boats answer with bells.
`
