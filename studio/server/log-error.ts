/** Tells the operator, in the server's log, what a builder is told in plainer words under the same id. */
export const logError = (error: unknown, { request_id }: { request_id: string }): void =>
  void process.stderr.write(
    `${request_id} ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
