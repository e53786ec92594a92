/** Does the same for each item, so many at a time; answers stand in the order of the items. The first failure ends it. */
export async function fewAtOnce<Item, Answer>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Answer>,
): Promise<readonly Answer[]> {
  const answers: Answer[] = []
  let next = 0
  const workers = Array.from({length: Math.min(most, items.length)}, async () => {
    while (next < items.length) {
      const index = next
      next += 1
      const item = items[index]
      if (item !== undefined) answers[index] = await work(item)
    }
  })
  await Promise.all(workers)
  return answers
}
