/** Something that the account has, and what belongs to it. */
export interface Item {
  /** What it is, such as `virtual interface`. */
  readonly kind: string
  readonly id: string
  /** As people named it; '' for what has no name. */
  readonly name: string
  /** What else there is to know, such as its bandwidth. */
  readonly facts: readonly string[]
  readonly state: string
  /** Why it is not up; '' when it is. */
  readonly reason: string
  readonly children: readonly Item[]
}

/** The carrier of an item: a state further up may be its reason. */
export type Carrier = Pick<Item, 'kind' | 'id' | 'state'>

export const isUp = (state: string): boolean => ['available', 'up', 'associated', 'attached'].includes(state)
