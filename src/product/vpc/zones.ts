/** An Availability Zone, by its name and by the id that is the same for every account. */
export interface Zone {
  readonly name: string
  readonly id: string
  readonly region: string
  readonly tags?: never
}

/** Which zones a Region has is not kept here: each has those that the largest has. */
export function zonesOf(region: string): readonly Zone[] {
  return ['a', 'b', 'c', 'd', 'e', 'f'].map((letter, index) => ({
    name: `${region}${letter}`,
    id: `${shortened(region)}-az${index + 1}`,
    region,
  }))
}

/** As ids of zones begin: use1 for us-east-1, apse2 for ap-southeast-2. @source AWS RAM user guide, "Availability Zone IDs" */
function shortened(region: string): string {
  const [area = '', ...parts] = region.split('-')
  const number = parts.pop() ?? ''
  const directions = parts.map((part) =>
    part.replace(/^(north|south)(east|west)$/, '$1 $2').replace(/(\w)\w*\s?/g, '$1'),
  )
  return `${area}${directions.join('')}${number}`
}
