// Uses yanki-connect as a program would, and prints a line for each thing that must hold.
// Arguments: host, port, key.
import { readFileSync } from 'node:fs'
import { YankiConnect } from 'yanki-connect'

const [host, port, key] = process.argv.slice(2)
const packageFile = new URL('./node_modules/yanki-connect/package.json', import.meta.url)
console.log(JSON.parse(readFileSync(packageFile, 'utf8')).version)

let calls = 0
const counted = (url, options) => {
  calls += 1
  return fetch(url, options)
}
const client = new YankiConnect({ host, port: Number(port), key, fetchAdapter: counted })

async function check(name, holds) {
  calls = 0
  let ok = false
  let problem
  try {
    ok = (await holds()) === true
  } catch (error) {
    problem = String(error)
  }
  console.log(JSON.stringify({ name, ok, calls, problem }))
}

async function refused(promise, text) {
  try {
    await promise
  } catch (error) {
    return String(error).includes(text)
  }
  return false
}

const note = (front, extra = {}) => ({
  deckName: 'Made::By yanki',
  modelName: 'Basic',
  fields: { Front: front, Back: `back of ${front}` },
  tags: ['yanki'],
  ...extra,
})

await check('permission and version', async () => {
  const permission = await client.miscellaneous.requestPermission()
  return (
    permission.permission === 'granted' &&
    permission.requireApikey === true &&
    (await client.miscellaneous.version()) === 6
  )
})

await check('a wrong key is refused', async () => {
  const other = new YankiConnect({ host, port: Number(port), key: 'wrong' })
  return refused(other.deck.deckNames(), 'valid api key must be provided')
})

await check('decks', async () => {
  const id = await client.deck.createDeck({ deck: 'Made::By yanki' })
  const decks = await client.deck.deckNamesAndIds()
  const stats = await client.deck.getDeckStats({ decks: ['Made::By yanki'] })
  return decks['Made::By yanki'] === id && stats[id].total_in_deck === 0
})

let ids = []
await check('notes are added, with media', async () => {
  const picture = [{ data: 'aGVsbG8=', fields: ['Back'], filename: 'yanki.png' }]
  const one = await client.note.addNote({ note: note('élan 日本', { picture }) })
  const more = await client.note.addNotes({ notes: [note('second'), note('third')] })
  ids = [one, ...more]
  const found = await client.note.findNotes({ query: 'tag:yanki' })
  const [info] = await client.note.notesInfo({ notes: [one] })
  return (
    JSON.stringify([...found].sort()) === JSON.stringify([...ids].sort()) &&
    info.fields.Front.value === 'élan 日本' &&
    info.fields.Back.value.endsWith('<img src="yanki.png">') &&
    (await client.media.retrieveMediaFile({ filename: 'yanki.png' })) === 'aGVsbG8='
  )
})

await check('a duplicate is refused', () =>
  refused(client.note.addNote({ note: note('second') }), 'it is a duplicate'),
)

await check('notes are changed', async () => {
  await client.note.updateNoteFields({ note: { id: ids[1], fields: { Back: 'changed' } } })
  await client.note.addTags({ notes: ids, tags: 'later' })
  await client.note.updateNoteTags({ note: ids[2], tags: ['alone'] })
  const [second, third] = await client.note.notesInfo({ notes: ids.slice(1) })
  return (
    second.fields.Back.value === 'changed' &&
    second.tags.includes('later') &&
    third.tags.join() === 'alone'
  )
})

await check('cards', async () => {
  const cards = await client.card.findCards({ query: 'deck:"Made::By yanki"' })
  const suspended = await client.card.suspend({ cards })
  const after = await client.card.areSuspended({ cards })
  await client.card.unsuspend({ cards })
  const answers = cards.map((cardId) => ({ cardId, ease: 3 }))
  const answered = await client.card.answerCards({ answers })
  const infos = await client.card.cardsInfo({ cards })
  await client.card.setDueDate({ cards, days: '3' })
  return (
    cards.length === 3 &&
    suspended === true &&
    after.every(Boolean) &&
    answered.every(Boolean) &&
    infos.every((info) => info.reps === 1 && info.deckName === 'Made::By yanki')
  )
})

await check('note types', async () => {
  await client.model.createModel({
    modelName: 'Yanki',
    inOrderFields: ['One', 'Two'],
    css: '.card { color: red }',
    cardTemplates: [{ Name: 'Card 1', Front: '{{One}}', Back: '{{Two}}' }],
  })
  await client.model.modelFieldAdd({ modelName: 'Yanki', fieldName: 'Three', index: 1 })
  const fields = await client.model.modelFieldNames({ modelName: 'Yanki' })
  const styling = await client.model.modelStyling({ modelName: 'Yanki' })
  return fields.join() === 'One,Three,Two' && styling.css === '.card { color: red }'
})

await check('statistics', async () => {
  const days = await client.statistic.getNumCardsReviewedByDay()
  const today = await client.statistic.getNumCardsReviewedToday()
  return days.length > 0 && today >= 3
})

await check('several actions in one request', async () => {
  const answer = await client.invoke('multi', {
    actions: [
      { action: 'version', version: 6, key },
      { action: 'findNotes', version: 6, key, params: { query: 'tag:alone' } },
    ],
  })
  return answer.result[0].result === 6 && answer.result[1].result[0] === ids[2]
})

await check('many requests at once', async () => {
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, n) =>
      client.note.addNote({ note: note(`at once ${n}`, { tags: ['crowd'] }) }),
    ),
  )
  const found = await client.note.findNotes({ query: 'tag:crowd' })
  return new Set(answers).size === 200 && found.length === 200
})

await check('an unknown note type is told', () =>
  refused(client.note.addNote({ note: note('x', { modelName: 'No' }) }), 'model was not found: No'),
)

await check('everything is taken away again', async () => {
  await client.deck.deleteDecks({ decks: ['Made'], cardsToo: true })
  const left = await client.note.findNotes({ query: 'tag:yanki or tag:crowd' })
  return left.length === 0
})
