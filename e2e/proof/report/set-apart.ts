/** Takes out of what the detectors have found what the examination has broken itself, and makes controls of it. */

import type { BrokenOnPurpose } from '../control.js';
import type { Detection } from '../detection.js';
import type { Finding } from '../finding.js';
import type { ControlSeen } from './proof-outcome.js';

export interface SetApart {
  readonly detections: readonly Detection[];
  readonly controls: readonly ControlSeen[];
}

export function setApart(detections: readonly Detection[], onPurpose: readonly BrokenOnPurpose[]): SetApart {
  const all = detections.flatMap(({ findings }) => findings);
  const isOnPurpose = (finding: Finding) => onPurpose.some((broken) => isThat(finding, broken));
  return {
    detections: detections.map((each) => ({
      ...each,
      findings: each.findings.filter((finding) => !isOnPurpose(finding)),
    })),
    controls: onPurpose.map((broken) => ({
      name: `rule broken on purpose: ${broken.name}`,
      foundBy: [broken.detector],
      hiddenFrom: [],
      seenBy: all.some((finding) => isThat(finding, broken)) ? [broken.detector] : [],
    })),
  };
}

function isThat({ detector, place, trace }: Finding, broken: BrokenOnPurpose): boolean {
  return (
    detector === broken.detector &&
    place === broken.place &&
    trace.kind === 'rule' &&
    trace.rule === broken.rule
  );
}
