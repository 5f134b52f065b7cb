/** Sentences of five subjects. Within a subject they share words, so that a model that compares letters finds the groups, too. */
const groups: Readonly<Record<string, readonly string[]>> = {
  Sea: [
    'The tide rises and falls twice a day, and the sea takes the beach with it.',
    'High tide brings the sea up to the harbour wall.',
    'Fishing boats leave the harbour at high tide.',
    'A storm at sea drives the fishing boats back into the harbour.',
    'At low tide the beach is wide and full of shells.',
    'Sea waves break on the beach where the water gets shallow.',
    'The lighthouse shows boats the way into the harbour.',
    'Salt water and waves wear down the harbour wall.',
    'Gulls follow the fishing boats out to sea.',
  ],
  Baking: [
    'Bread dough needs flour, water, salt and yeast.',
    'Let the dough rise in a warm kitchen before you bake the bread.',
    'Knead the dough until it is smooth and the flour is gone.',
    'A hot oven gives bread a crisp crust.',
    'Fresh yeast makes the bread dough rise faster than dry yeast.',
    'Bake the bread in the oven until the crust is brown.',
    'Rye flour makes a dense bread with a dark crust.',
    'The kitchen smells of fresh bread and warm yeast.',
    'Salt the dough, or the bread tastes of flour only.',
  ],
  Trains: [
    'The night train leaves the station at ten.',
    'Express trains do not stop at the small stations.',
    'A late train keeps the passengers on the platform.',
    'The train crosses the border before dawn, and the passengers sleep.',
    'Tickets for the night train are sold at the station.',
    'Passengers wait on platform four for the express train.',
    'The railway line runs along the river to the next station.',
    'A sleeping car was added to the night train.',
    'Delays on the railway line: the express train waits at the station.',
  ],
  Astronomy: [
    'The telescope shows the rings of the planet Saturn.',
    'A galaxy holds billions of stars.',
    'On a clear night the telescope finds distant galaxies.',
    'Planets wander between the stars from night to night.',
    'The light of distant stars is older than the planet Earth.',
    'Astronomers point the telescope at a planet outside the solar system.',
    'Our galaxy is a disc of stars, gas and dust.',
    'The moon outshines the faint stars of the galaxy.',
    'A new telescope in orbit looks at the first galaxies.',
  ],
  Football: [
    'The striker scored a goal in the last minute of the match.',
    'The goalkeeper saved a penalty, and the team won the match.',
    'Both teams scored two goals before half time.',
    'The referee gave a penalty to the home team.',
    'A football match lasts ninety minutes, plus stoppage time.',
    'The coach of the team changed the goalkeeper at half time.',
    'Fans of the home team sang until the match was over.',
    'The striker missed the goal, and the referee ended the match.',
    'The team trains penalties with a second goalkeeper.',
  ],
}

const line = (group: string, text: string): string => JSON.stringify({ group, text })

/** Texts to begin with: five named groups, and one line twice, for the checks to find. */
export const exampleCorpus: string = [
  ...Object.entries(groups).flatMap(([group, texts]) => texts.map((text) => line(group, text))),
  line('Sea', groups['Sea']?.[0] ?? ''),
].join('\n')

/** What to look for in it. */
export const exampleQuery = 'boats in a storm'
