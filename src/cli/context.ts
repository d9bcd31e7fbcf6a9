/** Where a command writes to. */
export interface Output {
  readonly write: (data: string | Uint8Array) => void
  readonly isTerminal: boolean
  /** The width of the terminal; 80 where there is none, or none that is known. */
  readonly columns: number
  /** Whether colours are wanted: a terminal, and neither NO_COLOR nor TERM=dumb. */
  readonly colours: boolean
}

/** All that a command knows of the world around it, as a value, so that a test can make up another world. */
export interface Context {
  readonly stdout: Output
  readonly stderr: Output
  readonly stdin: NodeJS.ReadStream
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Epoch milliseconds; signatures carry it. */
  readonly now: () => number
}

/** The world of this process. A reader that has seen enough (`| head`) is not an error: the process ends quietly. */
export function processContext(): Context {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit()
      throw error
    })
  return {
    stdout: outputOf(process.stdout),
    stderr: outputOf(process.stderr),
    // Opening it takes time, and few commands read it.
    get stdin() {
      return process.stdin
    },
    environment: process.env,
    now: Date.now,
  }
}

function outputOf(stream: NodeJS.WriteStream): Output {
  const isTerminal = stream.isTTY === true
  const { NO_COLOR: noColour = '', TERM: terminal } = process.env
  return {
    write: (data) => void stream.write(data),
    isTerminal,
    columns: (isTerminal && stream.columns) || 80,
    colours: isTerminal && noColour === '' && terminal !== 'dumb',
  }
}
