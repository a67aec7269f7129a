import { get } from 'node:http'
import { text } from 'node:stream/consumers'
import { urlToHttpOptions } from 'node:url'

/**
 * What a site answers with. Browsers know that `*.localhost` is this machine; Node asks the system, which often does
 * not.
 *
 * @throws the system's error where nothing listens
 */
export const askSite = (address: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const url = new URL(address)
    get({ ...urlToHttpOptions(url), hostname: '127.0.0.1', headers: { host: url.host } }, (answer) =>
      resolve(text(answer)),
    ).once('error', reject)
  })
