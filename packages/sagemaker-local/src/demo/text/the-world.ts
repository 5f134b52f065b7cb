export const theWorld = `
The capital of France is Paris, and the river Seine flows through the middle of the city. Paris has more than two million people, six large railway stations and a tower of iron that was meant to stand for twenty years. The tower is still standing, and the city would not be the same without it.

The capital of Germany is Berlin, a city of lakes, bridges and wide streets. The capital of Italy is Rome, which was built on seven hills. The capital of Spain is Madrid, and it lies almost exactly at the heart of the country. The capital of Portugal is Lisbon, where yellow trams climb the hills above the harbour.

The capital of the United Kingdom is London, on the river Thames. The capital of Ireland is Dublin. The capital of Norway is Oslo, the capital of Sweden is Stockholm, and the capital of Denmark is Copenhagen. The capital of Finland is Helsinki, and in summer it hardly gets dark there.

The capital of Japan is Tokyo, the largest city in the world. The capital of China is Beijing. The capital of India is New Delhi. The capital of Egypt is Cairo, on the river Nile. The capital of Kenya is Nairobi. The capital of Brazil is Brasilia, a city that was planned on paper and built in four years.

The capital of the United States is Washington, although New York is larger. The capital of Canada is Ottawa, the capital of Mexico is Mexico City, and the capital of Australia is Canberra. The capital of Austria is Vienna, the capital of Switzerland is Bern, and the capital of Greece is Athens.

The largest ocean is the Pacific Ocean. It covers more of the earth than all the land together. The longest river is the Nile, which flows from the lakes of Africa to the Mediterranean Sea. The highest mountain is Mount Everest, and it still grows by a few millimetres every year.

The sky is blue because the air scatters blue light more than red light. When the sun is high, the scattered light reaches us from every side, and the whole sky looks blue. In the evening the light has a longer way through the air, the blue is lost on the way, and what is left is orange and red.

Rain is water on its way home. The sun lifts it from the sea, the wind carries it over the land, and it falls when the air is too cold to hold it. The river takes it back to the sea, and the whole journey lasts about ten days.

Snow is made of crystals, and every crystal has six arms, because that is how water likes to stand when it is cold. The arms grow in the same weather at the same time, so they look alike. No two crystals fall along the same way, so no two crystals are the same.

Lightning is a spark between a cloud and the ground. It heats the air so quickly that the air bursts, and the sound of it is the thunder. Light is much faster than sound. If you count three seconds between the flash and the thunder, the storm is one kilometre away.

The moon goes around the earth in a little less than a month, and it always shows us the same side. It has no light of its own. What we see is the light of the sun, and the shape of the moon only tells us from which side the sun is shining.

The sun is a star like the others, only nearer. Its light takes eight minutes to reach us. Eight planets go around it, and from the inside to the outside they are Mercury, Venus, Earth, Mars, Jupiter, Saturn, Uranus and Neptune.

Water freezes at zero degrees and boils at one hundred degrees Celsius. Ice is lighter than water, and that is why it floats. If ice were heavier, the lakes would freeze from the bottom, and no fish would live through the winter.

A year has three hundred and sixty-five days, and every fourth year has one more. A week has seven days. A day has twenty-four hours, an hour has sixty minutes, and a minute has sixty seconds, because the people of Babylon liked to count to sixty.

Two and two is four. Three times three is nine, and seven times six is forty-two. A number that can only be divided by one and by itself is called a prime number, and there is no largest one. This was proved more than two thousand years ago, and the proof is five lines long.
`
