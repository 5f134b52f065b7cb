/** A ranking to begin with. */
export interface RerankExample {
  readonly title: string
  readonly query: string
  readonly documents: readonly string[]
}

/** Texts to label. Without labels, the model's own are used. */
export interface ClassifyExample {
  readonly title: string
  readonly texts: readonly string[]
  readonly labels?: readonly string[]
}

/** Candidates as a first search returns them: the best one is not on top, and some share words with the query only. */
export const rerankExamples: readonly RerankExample[] = [
  {
    title: 'Help desk',
    query: 'How do I reset my password?',
    documents: [
      'Passwords expire every 90 days. You get a reminder by email one week before.',
      'To change the language of the app, open Settings and choose Language.',
      'I forgot my login and cannot get into my account any more. What now?',
      'How to reset your password: choose "Forgot password?" on the sign-in page and follow the link in the email.',
      'Reset a device to its factory settings by holding the power button for ten seconds.',
      'Two-factor authentication adds a code from your phone to your password.',
      'Invoices are sent on the first day of each month.',
      'An administrator can reset the password of any member under Members, Security.',
      'My account was charged twice. How do I get a refund?',
      'Password rules: at least 12 characters, not one of your last five passwords.',
    ],
  },
  {
    title: 'Boats in bad weather',
    query: 'boats in bad weather',
    documents: [
      'The regatta takes place in June, and entries close in May.',
      'In bad weather the boats stay in the harbour.',
      'Varnish the hull in dry weather, in two thin coats.',
      'Fishing vessels ride out a storm with the bow into the waves.',
      'Bad news for sailors: the marina raises its fees again.',
      'Small boats capsize easily when a gale hits them from the side.',
      'The lighthouse keeper keeps a log of the weather.',
      'A weather forecast for shipping is read on the radio four times a day.',
    ],
  },
]

export const classifyExamples: readonly ClassifyExample[] = [
  {
    title: 'Reviews',
    texts: [
      'Wonderful stay, friendly people and a delicious breakfast. We loved it!',
      'The room was okay, an ordinary hotel at the usual price.',
      'Terrible. Rude staff, broken shower, never again.',
      'Fast delivery, and the quality is excellent. I recommend it.',
      'It was slow and boring, a disappointing film.',
      'A perfect day: beautiful beach, great food, nice company.',
      'The parcel arrived on Tuesday in a standard box.',
      'Not bad at all, better than I feared.',
    ],
  },
  {
    title: 'Topics, with your own labels',
    labels: ['billing', 'delivery', 'account', 'bug report'],
    texts: [
      'There is a billing problem: the invoice shows the wrong VAT number.',
      'When does the delivery of my order arrive? The delivery date has passed.',
      'Please delete my account and everything stored with it.',
      'I want to report a bug: the page stays blank after the update.',
      'My account shows a bill that I paid already.',
    ],
  },
]
