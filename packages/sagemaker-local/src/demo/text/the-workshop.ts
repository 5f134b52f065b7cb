export const theWorkshop = `
The workshop stands behind the house, between the pear tree and the lane. It has one large window to the north, because light from the north is even and does not wander across the bench during the day. In the morning it smells of pine, and in the evening it smells of oil and glue.

The carpenter begins every day by sharpening her tools. A sharp chisel is safer than a blunt one, she says, because a blunt chisel needs force, and force is what slips. She draws the edge over a wet stone, first the flat side, then the bevel, until a hair falls when it touches the steel.

A good joint needs no nails. The carpenter cuts a row of small wedges into the end of one board and a row of matching gaps into the end of the other, and the two boards hold together like the fingers of two hands. This joint is called a dovetail, because each wedge has the shape of the tail of a dove.

Wood is never finished moving. In a dry winter a board shrinks, and in a damp summer it swells, but only across the grain and hardly along it. A table top that is screwed down tightly will crack. A table top that is held by small wooden buttons can move as it likes, and it will outlive the person who made it.

Measure twice and cut once, says the sign above the saw. The carpenter added a line with a pencil: and write the number down. She has learned that the number in the head changes on the way from the window to the saw.

A chair is harder to make than a table. A table only has to stand, but a chair has to fit a person who leans, turns and rocks on two legs although everybody has said not to. The angles of a chair are all a little different from a right angle, and each of them has a reason.

The apprentice swept the floor for a month before he was allowed to plane a board. He learned the sound first. A plane that cuts well sings, a plane that is set too deep coughs, and a plane that meets a nail makes a sound that nobody forgets. When he could tell the three sounds apart with his eyes closed, he was given a board of his own.

Glue is stronger than wood if the two faces fit. It fails when the carpenter hopes that it will fill a gap. So she spends an hour on the fit and a minute on the glue, and then she waits until the next morning, because the last part of every good repair is patience.

The potter in the next yard works with earth, water and fire. He throws a lump of clay on the wheel, presses both thumbs into the middle, and a bowl rises between his hands. The bowl dries for a week. Then it goes into the kiln, where the heat turns the clay to stone, and only then can it hold water.

The blacksmith judges the heat of the iron by its colour. Dark red is too cold, white is too hot, and the orange of a ripe apricot is right for the hammer. He strikes while the iron is hot and rests while it is in the fire. A hinge takes him ten minutes, and it has taken him ten years to learn it.

The clockmaker keeps her parts in small glass jars with labels that only she can read. A clock is a train of wheels that would run down in a minute if nothing held it back. The part that holds it back is called the escapement. It lets one tooth pass with every swing of the pendulum, and the sound of that tooth is the tick that we hear.

A pendulum that is one metre long needs one second for each swing. It does not matter how heavy it is, and it hardly matters how far it swings. When the clock is slow, the clockmaker makes the pendulum a little shorter, and when the clock is fast, she makes it a little longer.

The bookbinder folds the sheets, sews them through the fold, and rounds the back with a hammer. A book that is sewn opens flat and stays open, as a good host stays in the doorway until you have left. The cover is the last thing that she makes and the first thing that you see.

When a tool breaks, the carpenter hangs it on the wall with the date. There are not many. She says that a tool on the wall is cheaper than a second tool of the same kind, because she looks at it every day.
`
