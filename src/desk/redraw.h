/// \file
/// Draws single in-betweens again within a moment, from what the last build left in out/.cache: the traced
/// keys and the correspondence of each pair are kept in memory, ready to draw at any t.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/result.h"
#include "cut/disk.h"
#include "cut/load_cut.h"
#include "cut/pairs.h"
#include "image/grid.h"
#include "inbetween/inbetween.h"

namespace nakawari {

/// A pair that is ready to draw. Never changed once made.
struct ReadyPair {
  Drawing a, b;
  Correspondence correspondence;
  std::set<std::string> obeyed;  ///< ids of the fixes that it obeys, or that could not be placed
  bool settled = true;           ///< made by the build; else a first answer, which the build confirms
  std::string around;            ///< tells the correspondences around it apart
  std::unique_ptr<Inbetweener> inbetweener;
};

/// All calls may come from several threads at once.
class Redrawer {
 public:
  explicit Redrawer(Disk& disk) : disk_(disk) {}

  /// The pair with the fixes that its cel holds now. Cost: nothing when it was asked for before; else reading
  /// the cache, and one factorisation.
  ///
  /// Errors: not_found when the build has not matched the pair yet, or when a fix that it obeyed was taken
  ///         back and no earlier state is in memory: then the build has to answer.
  Result<std::shared_ptr<const ReadyPair>> pair(const LoadedCut& cut, const Pair& keys);

  /// The lines of an in-between as a picture, at the t and spacing that `drawing` has now.
  Result<Raster> lines(const ReadyPair& pair, const LoadedDrawing& drawing) const;

 private:
  struct Entry {
    std::string name;  ///< cel and keys
    Stamp a, b;        ///< of the traced keys
    std::shared_ptr<const ReadyPair> pair;
  };
  /// Pairs in memory; each takes some megabytes.
  static constexpr std::size_t kMostPairs = 24;

  std::shared_ptr<const Correspondence> matched_last(const LoadedCut& cut, const Pair* keys);

  Disk& disk_;
  std::mutex mutex_;
  std::vector<Entry> entries_;  ///< most lately used last
};

}  // namespace nakawari
