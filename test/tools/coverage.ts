import { api } from '../../src/api.ts'
import { errorsOf, isOperationName, type OperationContract, operations } from '../../src/contract/operations.ts'

/** docs/coverage.md as text: one row an operation, in the order of src/api.ts. */
export function coverage(): string {
  const names = Object.keys(api).filter(isOperationName)
  const built = names.filter((name) => api[name] !== null)
  const rows = names.map((name) => {
    const { writes, paginated, deprecated, errors }: OperationContract = operations[name]
    const remarks = [...(deprecated ? ['deprecated'] : []), ...(paginated ? ['pages'] : []), ...errors].join(', ')
    return `| ${name} | ${api[name] === null ? 'no' : 'yes'} | ${writes ? 'writes' : 'reads'} | ${remarks} |`
  })
  const always = errorsOf('DescribeLocations').map((name) => `\`${name}\``)
  return `# Coverage

${built.length} of the ${names.length} operations of AWS Direct Connect (API version 2012-10-25) are built. One that is not
answers \`UnknownOperationException\`; none pretends. Every operation can refuse with ${always.join(' and\n')};
further errors stand among the remarks.

This page is generated from \`src/api.ts\` and \`src/contract\`: \`npm run coverage\`.

| operation | built | | remarks |
|---|---|---|---|
${rows.join('\n')}
`
}
