const subjects = [
  [
    'The tide',
    'rises and falls twice a day',
    'leaves shells on the beach',
    'pulls at the harbour walls',
    'follows the moon',
  ],
  [
    'Fresh bread',
    'rises slowly in a warm kitchen',
    'cools on the kitchen table',
    'smells of yeast and flour',
    'needs flour, water and salt',
  ],
  [
    'The night train',
    'leaves the station at ten',
    'crosses the border before dawn',
    'stops at every small station',
    'is late again',
  ],
  [
    'A mountain storm',
    'announces itself with wind',
    'turns the path into a stream',
    'passes over the ridge',
    'ends as suddenly as it began',
  ],
  [
    'The old telescope',
    'shows the rings of Saturn',
    'points at a distant galaxy',
    'needs a clear and moonless sky',
    'stands on the roof',
  ],
] as const

const endings = ['', ' in winter', ' every year'] as const

/** Texts to begin with: five subjects, and one line twice, for the checks to find. */
export const exampleCorpus: string = [
  ...subjects.flatMap(([subject, ...predicates]) =>
    predicates.flatMap((predicate) => endings.map((ending) => `${subject} ${predicate}${ending}.`)),
  ),
  'The tide follows the moon.',
].join('\n')
