/** The body of an answer that is not a success. */
export const problem = (error: string, message: string, suggestion: string) => ({
  error,
  message,
  suggestion,
})

export const noSuch = {
  project: problem(
    'not_found',
    'There is no such project.',
    'Go back to the list of projects; somebody may have deleted it.',
  ),
  version: problem('not_found', 'There is no such version.', 'Choose one from the list of versions.'),
}
