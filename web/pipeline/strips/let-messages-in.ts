/**
 * Lets a worker hear what was sent to it, such as a wish to stop. Reading from files resumes without a look at the messages, so a
 * loop over strips would otherwise be deaf from its beginning to its end. A message to oneself costs some microseconds; a
 * timer would cost milliseconds.
 */
export const letMessagesIn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
