import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { attachClosestEdge, extractClosestEdge } from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge'
import { onScopeDispose, ref, watch, type Ref } from 'vue'

/** What is dragged: something that is there already, or a new one out of a palette. */
export type Dragged = { kind: 'block' | 'step' } & ({ id: string } | { fresh: string })

type ElementRef = Ref<HTMLElement | undefined>

type Data = Record<string | symbol, unknown>

/** Sets a drag behaviour up while its element is there. */
function whileThere(element: ElementRef, start: (element: HTMLElement) => () => void): void {
  let stop: (() => void) | undefined
  watch(
    element,
    (current) => {
      stop?.()
      stop = current && start(current)
    },
    { immediate: true, flush: 'post' },
  )
  onScopeDispose(() => stop?.())
}

/** Makes an element draggable, only by its handle when one is given. @returns whether it is being dragged */
export function useDragSource(
  element: ElementRef,
  dragged: () => Dragged,
  handle?: ElementRef,
): Ref<boolean> {
  const isDragging = ref(false)
  whileThere(element, (current) =>
    draggable({
      element: current,
      getInitialData: () => dragged() as unknown as Data,
      canDrag: ({ input }) => {
        const at = document.elementFromPoint(input.clientX, input.clientY)
        return !handle || Boolean(handle.value?.contains(at))
      },
      onDragStart: () => (isDragging.value = true),
      onDrop: () => (isDragging.value = false),
    }),
  )
  return isDragging
}

/**
 * Lets things be dropped before or after an element of a list, or into an empty list (`edges: false`).
 *
 * @param place what the one who listens with {@link useDrops} is told
 * @returns the edge that a drop would go to now
 */
export function useDropTarget<P extends object>(
  element: ElementRef,
  kind: Dragged['kind'],
  place: () => P,
  { edges = true } = {},
): Ref<'top' | 'bottom' | undefined> {
  const edge = ref<'top' | 'bottom'>()
  const clear = () => (edge.value = undefined)
  whileThere(element, (current) =>
    dropTargetForElements({
      element: current,
      canDrop: ({ source }) => source.data.kind === kind && source.element !== current,
      getData: ({ input }) => {
        const data: Data = { place: place() }
        return edges
          ? attachClosestEdge(data, { element: current, input, allowedEdges: ['top', 'bottom'] })
          : data
      },
      onDrag({ self, location }) {
        const isInnermost = location.current.dropTargets[0]?.element === current
        const closest = edges ? extractClosestEdge(self.data) : 'top'
        edge.value = isInnermost && (closest === 'top' || closest === 'bottom') ? closest : undefined
      },
      onDragLeave: clear,
      onDrop: clear,
    }),
  )
  return edge
}

/** Calls `onDrop` with what was dropped, on which place, and whether behind it. */
export function useDrops<P extends object>(
  kind: Dragged['kind'],
  onDrop: (dragged: Dragged, place: P, isBehind: boolean) => void,
): void {
  onScopeDispose(
    monitorForElements({
      canMonitor: ({ source }) => source.data.kind === kind,
      onDrop({ source, location }) {
        const target = location.current.dropTargets[0]
        if (!target) return
        onDrop(
          source.data as unknown as Dragged,
          target.data.place as P,
          extractClosestEdge(target.data) === 'bottom',
        )
      },
    }),
  )
}
