/** The body of an answer that is not a success, as the contract has it. */
export const problem = (error: string, description: string, suggestion: string) => ({
  error,
  error_description: description,
  suggestion,
  /** The log names an error of the server under it. */
  request_id: crypto.randomUUID(),
})

export const noSuch = {
  project: () =>
    problem(
      'not_found',
      'There is no such project.',
      'Go back to the list of projects; somebody may have deleted it.',
    ),
  version: () => problem('not_found', 'There is no such version.', 'Choose one from the list of versions.'),
}
