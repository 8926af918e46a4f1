/// \file
/// Runs the steps of one stage of a build: finds out which are dirty, does those in parallel, writes what
/// they made, tells progress and why. Internal to the build.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/progress.h"
#include "base/result.h"
#include "cut/disk.h"
#include "cut/serial.h"
#include "cut/steps.h"
#include "cut/summary.h"

namespace nakawari {

/// What a step made: one piece of bytes per output, shared where outputs are equal.
using Produced = std::vector<std::shared_ptr<const Bytes>>;

inline std::shared_ptr<const Bytes> shared(Bytes bytes) {
  return std::make_shared<const Bytes>(std::move(bytes));
}
inline std::shared_ptr<const Bytes> shared_text(std::string_view text) {
  return std::make_shared<const Bytes>(text.begin(), text.end());
}

struct Job {
  StepSpec spec;
  std::function<Result<Produced>()> work;
};

struct StageOptions {
  Threads threads;
  /// Called with the indices of the dirty jobs before they run.
  std::function<Result<void>(const std::vector<std::size_t>&)> prepare;
};

class StageRunner {
 public:
  StageRunner(Disk& disk, StepLog& log, Progress& progress, std::function<Spent()> spent)
      : disk_(disk), log_(log), progress_(progress), spent_(std::move(spent)) {}

  /// Runs the dirty ones among `jobs`. The first error in the order of the jobs is returned; what other jobs
  /// finished stays done.
  Result<void> run(const std::string& kind, const std::vector<Job>& jobs, const StageOptions& options);
  /// The same for a step that writes its only file itself, at the path that it is given (relative to the
  /// cut).
  Result<void> run_moved(const std::string& kind, const StepSpec& spec,
                         const std::function<Result<void>(const std::string&)>& work);

  [[nodiscard]] int ran() const { return ran_; }
  [[nodiscard]] int kept() const { return kept_; }
  [[nodiscard]] const std::vector<StepCost>& costs() const { return costs_; }
  [[nodiscard]] const std::vector<std::string>& explained() const { return explained_; }

 private:
  /// Where the clocks stood when a stage began.
  struct Start {
    std::int64_t ns;
    double cpu_seconds;
  };
  [[nodiscard]] Start start() const { return {disk_.now_ns(), spent_().cpu_seconds}; }
  void count(const std::string& kind, int ran, int kept, const Start& start);

  Disk& disk_;
  StepLog& log_;
  Progress& progress_;
  std::function<Spent()> spent_;
  std::mutex mutex_;
  int ran_ = 0, kept_ = 0;
  std::vector<StepCost> costs_;
  std::vector<std::string> explained_;
};

}  // namespace nakawari
