/** Something that whoever uses a lab has to know; the message is a sentence for people. */
export class LabError extends Error {
  override readonly name = 'LabError'
}

/** A command line that cannot be. */
export class LabUsageError extends Error {
  override readonly name = 'LabUsageError'
}
