#include "cut/report_step.h"

namespace nakawari {

Result<void> build_report(BuildState&, const CutSummary&, const BuildCost&) {
  return {};
}

}  // namespace nakawari
