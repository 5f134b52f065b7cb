export const theTown = `
The town lies between the hill and the harbour. It has one church, two bakeries, three bridges and a clock that is always four minutes fast, so that nobody misses the ferry. People who move away set their watches right, and people who come back set them wrong again.

On Saturday there is a market in the square. The farmers come before sunrise and put up their tables under striped roofs. There are apples, eggs, honey and bread, there is cheese that smells of the mountain, and there is always somebody who sells a thing that nobody needs and everybody looks at.

The baker gets up at two o'clock in the morning. By four the first loaves are in the oven, and by six the whole street smells of bread. She sells the last loaf at noon, sweeps the floor, and goes to bed when the rest of the town is having lunch.

The library is in the old customs house. On the ground floor, where the barrels used to stand, are the newspapers and the children's books. The librarian knows what everybody has read, and she never tells. If you ask her for a good book, she asks you which book you have read twice, and then she goes straight to a shelf.

The school has sixty children and one piano. In winter the children come in the dark and go home in the dark, and the windows of the classroom shine over the snow like a row of lanterns. The teacher believes that a question is worth more than an answer, and she gives better marks for it.

The ferry crosses the bay eight times a day. The crossing takes twenty minutes, just long enough for a cup of coffee and a short conversation. The captain has crossed the bay so often that he has travelled around the world eleven times without ever being more than two miles from home.

The train arrives at ten past eight and leaves at twenty past. In those ten minutes the whole town passes through the station. Somebody is met, somebody is seen off, and the dog of the station master walks up and down the platform as if the timetable depended on him.

Anna lives in the yellow house at the end of the lane. She repairs radios, and she says that most radios are not broken but only lonely. She opens the case, blows the dust away, turns a small screw, and a voice from far away fills the room.

The doctor has known most of her patients since they were born. She listens more than she speaks. When somebody asks her for a medicine against growing old, she writes a walk to the lighthouse on the paper, once a day, in all weathers.

The mayor was elected because he promised to repair the bridge. The bridge took three years, two engineers and one flood. Now it is the best bridge on the coast, and the mayor crosses it twice a day although his office is on the other side.

Every summer there is a festival on the beach. There is music until midnight, there are paper lamps on the water, and the old people dance better than the young people. The next morning everybody helps to clean the beach, and this is the part of the festival that the children like best, because they may keep what they find.

In the café by the harbour two men have played chess every evening for thirty years. They write the result on the wall in chalk. Nobody remembers what the stake was, but the one who wins pays for the coffee, so both of them play rather carefully.

The bridge carries the road over the river. It is an arch of stone, and no mortar holds it together. Every stone presses on the next one, and the harder you press on the arch, the firmer it stands. The builders put it up on a frame of wood, and on the day when they took the frame away the whole town held its breath.

The post arrives at noon. The postman knows every door and every dog, and he reads the names aloud before he knocks. He says that a letter is the only parcel which is heavier when it is opened.
`
