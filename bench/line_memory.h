/// \file
/// Matched lines of benchmark drawings, kept between runs: matching takes nine tenths of the paint table's
/// time, and most changes of the painter leave it alone.
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "paint/paint.h"

namespace nakawari::bench {

/// A folder of matched lines, a file for each set of drawings that are painted together: their inked part,
/// and so what is matched, depends on all of them. Whoever changes tracing or matching deletes the folder.
class LineMemory {
 public:
  /// Without a folder nothing is kept.
  explicit LineMemory(std::string folder = {}) : folder_(std::move(folder)) {}

  /// What is kept of these drawings. A file that is damaged or of another kind counts as none.
  [[nodiscard]] std::vector<PaintRegistration> known(const std::string& drawings);
  /// Keeps these too.
  Result<void> keep(const std::string& drawings, const std::vector<PaintRegistration>& matched);

 private:
  using Kept = std::map<std::pair<int, int>, Registration>;
  [[nodiscard]] Kept read(const std::string& drawings) const;

  std::string folder_;
  std::mutex mutex_;
};

}  // namespace nakawari::bench
