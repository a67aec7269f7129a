/** Work of the Management API that is done a moment later: imports, exports, verification mails. */
export interface Job {
  /** As the Management API shows it. */
  shown: Record<string, unknown> & { id: string; status: 'pending' | 'completed' | 'failed' }
  errors?: RowError[]
  /** Of an export, compressed. */
  file?: Buffer
  /** Until when the file's address is good, in the tenant's Unix seconds. */
  validUntil?: number
}

/** Why a row of an import was left out. */
export interface RowError {
  user: unknown
  errors: { code: string; message: string; path?: string }[]
}
