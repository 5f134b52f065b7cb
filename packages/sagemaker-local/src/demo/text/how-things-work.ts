export const howThingsWork = `
A language model is a program that has read a great deal of text and predicts the next word. It begins with your words, chooses a word that could follow, adds it to the text, and begins again. Nothing is looked up, and nothing is copied on purpose. The model only knows which words like to stand next to each other.

A token is a piece of text, often a word and sometimes a part of a word. A model reads tokens and writes tokens, and it writes them one at a time. That is why an answer arrives word by word, and why a long answer takes longer than a short one.

The temperature decides how brave a model is. At a low temperature it always takes the most likely word, and its text is safe and a little dull. At a high temperature it takes unlikely words as well, and its text is surprising and sometimes foolish. Most people choose something in between.

An embedding is a list of numbers that stands for a text. Texts that mean similar things get similar numbers, so a computer can find the sentence that is nearest to a question. To compare two embeddings, multiply them number by number and add the results. The larger the sum, the closer the two texts.

Deep learning is a way to let a computer learn from examples. A network of simple units passes numbers from layer to layer, and each connection has a weight. When the result is wrong, every weight is moved a little in the direction that would have made it less wrong. After many examples the network is right more often than not, and nobody has told it how.

Machine learning means that a program finds the rule in the examples instead of being told the rule. You show it a thousand pictures of cats and a thousand pictures of dogs, and it learns what makes the difference. It is only as good as its examples, and it has never touched a cat.

The cloud is a large number of computers in a building that belongs to somebody else. You rent them by the hour, and you give them back when you are done. An endpoint is an address in the cloud at which a model waits for questions. It costs money while it waits, so it is wise to switch it off in the evening.

A computer can only add, compare and remember, but it does so a billion times in a second. Everything else is a matter of patience and of good names. A program is a long row of such small steps, and a good program can be read aloud.

A test is a small program that checks a large one. It says what should happen, lets it happen, and compares the two. A test that cannot fail is worth nothing, and a test that fails on Tuesdays is worth less than nothing.

The internet moves letters in small envelopes. A long message is cut into many pieces, every piece finds its own way, and the pieces are put together again at the other end. Some of them arrive late, and some of them arrive twice, and it is the work of the receiver to notice.

A bicycle stays upright because its front wheel turns into the fall. When the bicycle leans to the left, the wheel turns to the left, and the bicycle rides under its own weight again. A child learns this in an afternoon, and then never thinks about it again.

A refrigerator does not make cold, it moves warmth. A liquid turns into gas inside and takes the warmth with it. Outside, at the back, the gas is pressed until it becomes liquid again and gives the warmth away. That is why the kitchen is warm behind the refrigerator.

Paper is made of wood that has been cooked until only the fibres are left. The fibres float in water, and the water runs off through a sieve. What stays on the sieve is pressed and dried, and it is paper. The first paper was made in China about two thousand years ago, and the recipe has hardly changed.

Glass is made of sand. The sand melts at a great heat together with soda and lime, and it cools before it can remember how to be a crystal. The glassblower takes a drop of it on a pipe and blows, and turns it all the time, because glass that is not turned falls to the floor.

Steel is iron with a little carbon. Too little carbon and it bends, too much carbon and it breaks. The smith heats it, quenches it in oil so that it becomes hard, and heats it gently once more so that it is no longer brittle.

Music is air that shakes in an orderly way. A string that is half as long sounds an octave higher. If you divide the string by three and by four, you find the notes that sound well together, and from those few notes almost every song in the world is made.

Amazon SageMaker runs a model behind an endpoint. You send a request to the endpoint, the container that holds the model answers it, and the answer comes back whole or in parts, as you like it. Every container speaks a language of its own, and it is the work of a good library that you never notice.

TypeScript is JavaScript with types. The types are checked before the program runs, and then they are taken away, so that they cost nothing. A good type says what a thing is, and a better type says what it cannot be.

A stream is an answer that arrives in parts, and streaming means that nobody waits for the last of them. A part is not a word and not a line, it is only as much as was there when somebody looked. The reader puts the parts together, and when the stream breaks off, the reader must say so.

A joke about programmers is never off by one, it is off by two.
`
